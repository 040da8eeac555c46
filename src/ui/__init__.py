"""The window of nianbao: thin Qt widgets over a Draft. Logic lives in `app`."""
