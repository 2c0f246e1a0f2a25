"""The screens of the window, each with what it may ask of casework on this unlocked machine."""

import uuid
from datetime import datetime
from pathlib import Path

from tarahum_desktop.bootstrap.exchanger import Exchanger
from tarahum_desktop.bootstrap.visit_wiring import visit_ports
from tarahum_desktop.casework.desk import SAUDI_TIME
from tarahum_desktop.casework.drafts import begin_visit
from tarahum_desktop.casework.family import family_file
from tarahum_desktop.casework.search import find
from tarahum_desktop.casework.sync_state import sync_state
from tarahum_desktop.casework.today import today_board
from tarahum_desktop.casework.visit_report import print_visit_report
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.reports.write_file import write_file
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.screen import ScreenSpec
from tarahum_desktop.ui.sync_centre.ports import SyncPorts
from tarahum_desktop.ui.today.ports import TodayPorts
from tarahum_desktop.ui.visit import screen as visit_screen
