@echo off
rem Without arguments: the window. With arguments: a command, such as nianbao check FILE
if "%~1"=="" (
    start "" "%~dp0program\pythonw.exe" "%~dp0program\launcher.py"
) else (
    "%~dp0program\python.exe" "%~dp0program\launcher.py" %*
)
