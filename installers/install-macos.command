#!/bin/sh
# Double-click this file to make the buttons of the career workbook work. It asks for no password.
# It installs uv (a small program that brings its own Python) if it is missing, then careersheets with it.
PATH="$HOME/.local/bin:/opt/homebrew/bin:/usr/local/bin:$PATH"
if ! command -v uv >/dev/null 2>&1; then
  if command -v brew >/dev/null 2>&1; then
    brew install uv
  else
    echo 'uv is missing. Ask your IT department for "uv" by Astral, then double-click this file again.'
    read -r _
    exit 1
  fi
fi
if uv tool install --upgrade careersheets && uv tool run careersheets install; then
  echo 'Done. Open careers.xlsm and press "Check scores".'
else
  echo 'careersheets could not be installed. Check that this computer is online, then double-click this file again.'
fi
read -r _
