"""How the kept work of a user of this machine is told."""

from tarahum_desktop.casework.kept_work import KeptWork
from tarahum_desktop.ui.kit import Kit


def kept_sentence(kit: Kit, kept: KeptWork) -> str:
    """Such as "Kept here for Noura: 3 drafts and 12 unsent changes. Nothing is lost."; empty for nothing."""
    if not kept.drafts and not kept.unsent:
        return ""
    words, number = kit.words, kit.formats.number
    name = (kept.name_en if words.language == "en" else kept.name_ar) or kept.login
    drafts = words.n("{count} draft", "{count} drafts", kept.drafts).format(count=number(kept.drafts))
    changes = words.n("{count} unsent change", "{count} unsent changes", kept.unsent)
    sentence = words.t("Kept here for {name}: {drafts} and {changes}. Nothing is lost.")
    return sentence.format(name=name, drafts=drafts, changes=changes.format(count=number(kept.unsent)))
