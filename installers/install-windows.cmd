@echo off
rem Double-click this file to make the buttons of the career workbook work. No administrator rights are needed.
rem It installs uv (a small program that brings its own Python) if it is missing, then careersheets with it.
setlocal
where uv >nul 2>nul
if errorlevel 1 (
  winget install --id astral-sh.uv --exact --accept-source-agreements --accept-package-agreements
  set "PATH=%LOCALAPPDATA%\Microsoft\WinGet\Links;%PATH%"
)
where uv >nul 2>nul
if errorlevel 1 (
  echo uv could not be installed. Ask your IT department for "uv" by Astral, then double-click this file again.
  pause
  exit /b 1
)
uv tool install --upgrade careersheets
if errorlevel 1 (
  echo careersheets could not be installed. Check that this computer is online, then double-click this file again.
  pause
  exit /b 1
)
uv tool run careersheets install
echo.
echo Done. Open careers.xlsm and press "Check scores".
pause
