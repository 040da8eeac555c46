"""How the window looks: colours, faces, icons, what frames the focus."""
