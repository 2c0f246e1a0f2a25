"""The style sheet, generated from tokens: Fusion draws the rest.

Qt mirrors ``text-align`` but not borders and sub-controls, so those sides are written from the direction.
"""

from string import Template

from tarahum_desktop.resource_files import resource
from tarahum_desktop.ui.tokens import Colours, Sizes, ThemeName

_RULES = Template("""
QToolTip, QMenu { font-size: ${body}px; }
QWidget { color: $text; }
QMainWindow, QWidget[paper="page"] { background: $page; }
QWidget[paper="surface"] { background: $surface; }
QToolTip { color: $text; background: $surface; border: 1px solid $edge; padding: ${space_1}px; }

QLabel { background: transparent; }
QLabel[scale="caption"] { font-size: ${caption}px; }
QLabel[scale="strong"] { font-size: ${strong}px; font-weight: 600; }
QLabel[scale="title"] { font-size: ${title}px; font-weight: 600; }
QLabel[scale="page"] { font-size: ${page_size}px; font-weight: 600; }
QLabel[tone="soft"] { color: $soft; }
QLabel[tone="accent"] { color: $accent_ink; }
QLabel[tone="attention"] { color: $attention_ink; }
QLabel[tone="danger"] { color: $danger_ink; }
QLabel[tone="info"] { color: $info_ink; }

QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: ${radius_card}px; }
QFrame[role="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="chip"] { background: $surface; border: 1px solid $line; border-radius: ${radius}px; }
QFrame[role="notice"][tone="accent"] { background: $accent_paper; border: 1px solid $accent; border-radius: ${radius}px; }
QFrame[role="notice"][tone="attention"] { background: $attention_paper; border: 1px solid $attention_ink; border-radius: ${radius}px; }
QFrame[role="notice"][tone="danger"] { background: $danger_paper; border: 1px solid $danger_ink; border-radius: ${radius}px; }
QFrame[role="notice"][tone="info"] { background: $info_paper; border: 1px solid $info_ink; border-radius: ${radius}px; }

QLineEdit, QPlainTextEdit, QComboBox {
  background: $surface; color: $text; border: 1px solid $edge; border-radius: ${radius}px;
  padding: 0 ${space_3}px; min-height: ${field_inner}px;
  selection-background-color: $accent; selection-color: $on_accent; placeholder-text-color: $faint; }
QPlainTextEdit { padding: ${space_2}px ${space_3}px; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QComboBox:on {
  border: 2px solid $focus; padding: 0 ${focus_pad}px; min-height: ${focus_inner}px; }
QPlainTextEdit:focus { padding: ${space_2}px ${focus_pad}px; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] { border: 2px solid $danger; padding: 0 ${focus_pad}px; min-height: ${focus_inner}px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { color: $faint; background: $raised; border-color: $line; }
QComboBox::drop-down { border: none; width: ${field_height}px; subcontrol-origin: padding; subcontrol-position: center $end; }
QComboBox::down-arrow { image: url("$theme_files/down.svg"); width: 16px; height: 16px; }
QComboBox QAbstractItemView { background: $surface; color: $text; border: 1px solid $edge; outline: none;
  selection-background-color: $accent_paper; selection-color: $text; padding: ${space_1}px; }

QPushButton { background: $surface; color: $text; border: 1px solid $edge; border-radius: ${radius}px;
  padding: 0 ${space_4}px; min-height: ${field_inner}px; font-weight: 500; }
QPushButton:hover { background: $raised; }
QPushButton:focus { border: 2px solid $focus; padding: 0 ${button_focus_pad}px; min-height: ${focus_inner}px; }
QPushButton:disabled { color: $faint; background: $raised; border-color: $line; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent; }
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:focus { border: 2px solid $text; padding: 0 ${button_focus_pad}px; }
QPushButton[role="primary"]:disabled { background: $raised; color: $faint; border-color: $line; }
QPushButton[role="danger"] { background: $danger; color: $on_danger; border: 1px solid $danger; }
QPushButton[role="danger"]:focus { border: 2px solid $text; }
QPushButton[role="quiet"] { background: transparent; border: 1px solid transparent; padding: 0 ${space_3}px; }
QPushButton[role="quiet"]:hover { background: $raised; }
QPushButton[role="quiet"]:focus { border: 2px solid $focus; }
QPushButton[role="quiet"]:disabled { background: transparent; color: $faint; }
QPushButton[role="icon"] { background: transparent; border: 2px solid transparent; padding: 0; min-width: ${focus_inner}px; max-width: ${focus_inner}px; }
QPushButton[role="icon"]:hover { background: $raised; }
QPushButton[role="icon"]:focus { border: 2px solid $focus; padding: 0; }
QPushButton[role="navigation"] { background: transparent; border: 2px solid transparent; text-align: left;
  padding: 0 ${space_3}px; font-weight: 400; min-height: ${row_inner}px; }
QPushButton[role="navigation"]:hover { background: $raised; }
QPushButton[role="navigation"]:checked { background: $accent_paper; color: $accent_ink; font-weight: 600; }
QPushButton[role="navigation"]:focus { border: 2px solid $focus; }
QPushButton[role="search"] { background: $raised; border: 1px solid $line; color: $soft; text-align: left; font-weight: 400; }
QPushButton[role="search"]:focus { border: 2px solid $focus; }
QPushButton[role="chip"] { background: $surface; border: 1px solid $line; font-weight: 400; padding: 0 ${space_3}px; }
QPushButton[role="chip"]:focus { border: 2px solid $focus; }
QPushButton[role="chip"][tone="danger"] { background: $danger_paper; color: $danger_ink; border: 1px solid $danger_ink; }
QPushButton[role="chip"][tone="attention"] { background: $attention_paper; color: $attention_ink; border: 1px solid $attention_ink; }
QPushButton[role="option"] { font-weight: 400; }
QPushButton[role="option"]:checked { background: $accent_paper; color: $accent_ink; border: 2px solid $accent; padding: 0 ${button_focus_pad}px;
  min-height: ${focus_inner}px; }
QPushButton[role="option"]:checked:focus { border: 2px solid $text; }
QPushButton[role="score"] { padding: 0; min-width: ${score}px; max-width: ${score}px; font-weight: 600; }
QPushButton[role="score"]:checked { background: $accent; color: $on_accent; border: 1px solid $accent; }
QPushButton[role="score"]:checked:focus { border: 2px solid $text; }
QPushButton::menu-indicator { image: none; width: 0; }

QCheckBox, QRadioButton { spacing: ${space_2}px; background: transparent; min-height: ${field_inner}px; }
QCheckBox::indicator { width: 20px; height: 20px; border: 2px solid $edge; border-radius: 5px; background: $surface; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$theme_files/check.svg"); }
QCheckBox::indicator:focus { border-color: $focus; }
QCheckBox:focus { color: $accent_ink; }
QCheckBox:disabled { color: $faint; }

QTableView, QListView, QTreeView { background: $surface; border: none; outline: none; gridline-color: $line;
  selection-background-color: $accent_paper; selection-color: $text; alternate-background-color: $surface; }
QTableView::item { border-bottom: 1px solid $line; padding: 0 ${space_3}px; }
QTableView[role="inside"]::item { padding: 0 ${space_1}px; }
QTableView::item:selected, QListView::item:selected { background: $accent_paper; color: $text; }
QTableView::item:hover, QListView::item:hover { background: $raised; }
QListView::item { padding: ${space_2}px ${space_3}px; border-radius: ${radius}px; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section { background: $surface; color: $soft; border: none; border-bottom: 1px solid $edge;
  padding: 0 ${space_3}px; font-weight: 500; font-size: ${caption}px; min-height: ${row_inner}px; }
QTableView[role="inside"] QHeaderView::section { padding: 0 ${space_1}px; }

QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget[paper="clear"], QWidget[paper="clear"] { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle { background: $edge; border-radius: 4px; min-height: 32px; min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenu { background: $surface; border: 1px solid $edge; padding: ${space_1}px; }
QMenu::item { padding: ${space_2}px ${space_5}px; border-radius: ${radius}px; }
QMenu::item:selected { background: $accent_paper; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $line; margin: ${space_1}px; }
QProgressBar { background: $raised; border: none; border-radius: 4px; max-height: 8px; min-height: 8px; text-align: center; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QFrame[role="navigation"] { background: $surface; border: none; border-$nav_inner: 1px solid $line; }
QFrame[role="header"] { background: $surface; border: none; border-bottom: 1px solid $line; }
QFrame[role="palette"] { background: $surface; border: 1px solid $edge; border-radius: ${radius_card}px; }
""")


def stylesheet(name: ThemeName, colours: Colours, sizes: Sizes, *, right_to_left: bool) -> str:
    """The whole style sheet for one look."""
    values: dict[str, object] = {**vars(colours), **vars(sizes)}
    values["page_size"] = sizes.page
    values["page"] = colours.page
    values["theme_files"] = resource("theme", name).as_posix()
    values["end"] = "left" if right_to_left else "right"
    values["nav_inner"] = values["end"]
    values["field_inner"] = sizes.field_height - 2
    values["focus_inner"] = sizes.field_height - 4
    values["focus_pad"] = sizes.space_3 - 1
    values["button_focus_pad"] = sizes.space_4 - 1
    values["row_inner"] = sizes.row_height - 4
    values["score"] = sizes.field_height
    return _RULES.substitute(values)
