# ruff: noqa: ANN001, ANN002, ANN201
"""Click a button in LibreOffice on a screen of its own, as a person would. Runs in the system's Python, which has UNO.

python3 clicker.py WORKBOOK CAPTION SHEET CELL FOLDER

Prints what SHEET!CELL showed before and after, and leaves a picture of the screen in FOLDER/clicked.png.
"""

import os
import signal
import subprocess
import sys
import time

import uno
from com.sun.star.accessibility import AccessibleRole
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

WIDTH, HEIGHT = 1600, 1000
DISPLAY = f":{90 + os.getpid() % 900}"
SECONDS = 45


def main() -> None:
    workbook, caption, sheet, cell, folder = sys.argv[1:6]
    screen = {**os.environ, "DISPLAY": DISPLAY, "LANG": "C.UTF-8"}
    server = start(["Xvfb", DISPLAY, "-screen", "0", f"{WIDTH}x{HEIGHT}x24"], screen)
    time.sleep(1)
    manager = start(["openbox"], screen)
    pipe = f"careersheets{os.getpid()}"
    profile = "file://" + os.path.join(folder, "profile")
    options = ["--norestore", "--nologo", "--nodefault", "--nolockcheck", f"-env:UserInstallation={profile}"]
    office = start(["soffice", *options, f"--accept=pipe,name={pipe};urp;"], screen)
    try:
        desktop = connect(pipe)
        document = desktop.loadComponentFromURL(
            uno.systemPathToFileUrl(workbook),
            "_blank",
            0,
            (PropertyValue(Name="MacroExecutionMode", Value=4),),
        )
        fill_screen(os.path.basename(workbook), screen)
        click_and_wait(document, caption, (sheet, cell), folder, screen)
    finally:
        end(office, manager, server)


def start(command, screen):
    return subprocess.Popen(
        command, env=screen, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def connect(pipe):
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(SECONDS * 4):
        try:
            remote = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
        except NoConnectException:
            time.sleep(0.25)
    raise SystemExit("LibreOffice did not start")


def fill_screen(name, screen):
    found = ""
    for _ in range(SECONDS):
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", name],
            env=screen,
            capture_output=True,
            text=True,
            check=False,
        ).stdout.split()
        if found:
            break
        time.sleep(0.5)
    window = found[-1]
    subprocess.run(
        ["xdotool", "windowmove", window, "0", "0", "windowsize", window, str(WIDTH), str(HEIGHT)],
        env=screen,
        check=False,
    )
    time.sleep(2)


def click_and_wait(document, caption, place, folder, screen):
    controller = document.CurrentController
    controller.setActiveSheet(document.Sheets.getByName("Start"))
    time.sleep(1)
    x, y = middle_of(controller, caption)
    shown = document.Sheets.getByName(place[0]).getCellRangeByName(place[1])
    before = shown.String
    subprocess.run(
        ["xdotool", "mousemove", str(x), str(y), "sleep", "0.4", "click", "1"], env=screen, check=True
    )
    end_at = time.monotonic() + SECONDS
    while shown.String == before and time.monotonic() < end_at:
        time.sleep(0.25)
    time.sleep(1)
    subprocess.run(
        ["import", "-window", "root", os.path.join(folder, "clicked.png")], env=screen, check=False
    )
    print(before)
    print(shown.String)


def middle_of(controller, caption):
    """Where LibreOffice says that the shape is on the screen."""
    window = controller.Frame.ComponentWindow
    for found in shapes(window.getAccessibleContext(), 0):
        if caption in found.getAccessibleName() or caption in found.getAccessibleDescription():
            corner, size = found.getLocationOnScreen(), found.getSize()
            return corner.X + size.Width // 2, corner.Y + size.Height // 2
    raise SystemExit(f"no shape called {caption}")


def shapes(context, depth):
    """Everything on the page but the cells, of which there are millions."""
    yield context
    if depth > 8 or context.getAccessibleRole() == AccessibleRole.TABLE:
        return
    for number in range(min(context.getAccessibleChildCount(), 200)):
        child = context.getAccessibleChild(number)
        if child is not None:
            yield from shapes(child.getAccessibleContext(), depth + 1)


def end(*processes):
    """Nothing is to be saved, and a dialogue would keep the office open: so without asking."""
    for process in processes:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


main()
