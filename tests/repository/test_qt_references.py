"""PySide6 releases that drop references to None abort the program after some thousands of calls (6.12.0 on Python 3.11).

Each call runs many times in a process of its own, where the count of references to None must stay level. Lifting the
version pin is safe when this passes.
"""

import os
import subprocess
import sys

import pytest

TIMES = 300
PREPARE = """
import os, sys
from PySide6.QtCore import QLineF, QObject, QPointF, QRectF, QTimer
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTableView
app = QApplication([])
pixmap, box = QPixmap(40, 40), QRectF(1, 1, 9, 9)
painter, colour, pen = QPainter(pixmap), QColor("red"), QPen()
triangle = QPolygonF([QPointF(0, 0), QPointF(4, 4), QPointF(8, 0)])
label, line, table, model, timer = QLabel(), QLineEdit(), QTableView(), QStandardItemModel(1, 1), QTimer()
"""
MEASURE = """
def drift(call):
    call()
    before = sys.getrefcount(None)
    for _ in range({times}):
        call()
    return (sys.getrefcount(None) - before) / {times}
worst = max((abs(drift(call)), name) for name, call in CALLS.items())
print(*worst)
sys.stdout.flush()
os._exit(0)  # the painter still holds its pixmap; nothing of the way out is under test
"""
GROUPS = {
    "painting": [
        "painter.drawRect(box)",
        "painter.drawText(box, 132, 'x')",
        "painter.drawLine(QLineF(1, 1, 2, 2))",
        "painter.fillRect(box, colour)",
        "painter.drawEllipse(box)",
        "painter.drawPolygon(triangle)",
        "painter.setPen(pen)",
        "(painter.save(), painter.restore())",
    ],
    "widgets": [
        "label.setText('x')",
        "label.setEnabled(True)",
        "label.update()",
        "line.setText('x')",
        "line.textChanged.emit('x')",
        "table.setModel(model)",
        "table.horizontalHeader().resizeSection(0, 50)",
    ],
    "objects": [
        "model.setItem(0, 0, QStandardItem('x'))",
        "QObject().deleteLater()",
        "(timer.start(1000), timer.stop())",
    ],
}


@pytest.mark.parametrize("group", GROUPS)
def test_qt_calls_keep_the_reference_count_of_none_level(group: str) -> None:
    table = "CALLS = {" + ", ".join(f"{call!r}: lambda: {call}" for call in GROUPS[group]) + "}\n"
    code = PREPARE + table + MEASURE.format(times=TIMES)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    result = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    drift, _, call = result.stdout.strip().partition(" ")
    assert float(drift) < 0.1, f"{call} drops or keeps {drift} references to None a call"
