"""The family map: who shares with whom, drawn as a graph. `view.FamilyMap` is the widget, `onpaper` its print."""
