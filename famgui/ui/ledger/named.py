"""An input with its name before it, no wider than both: for rows of inputs that go on in the next line."""

from PySide6.QtWidgets import QComboBox, QWidget

from famgui.ui.widgets.basic import label, row


def named(title: str, editor: QWidget) -> QWidget:
    """The name and the input; the input is called by it."""
    name = label(title, "dim")
    name.setBuddy(editor)
    editor.setAccessibleName(title)
    if isinstance(editor, QComboBox):
        editor.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return row(name, editor, stretch_last=False)
