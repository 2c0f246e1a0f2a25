"""The window around the screens: navigation, command box, sync chip, lock and announcements."""
