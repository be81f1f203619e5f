"""The visit's own fields: who, when, what kind, where; rarely used ones open in place."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from famgui.domain.benefit import LEVELS, Benefit
from famgui.domain.money import grouped
from famgui.domain.settlement import GRADES
from famgui.ui.settlement.draft import REACHES
from famgui.ui.settlement.inputs import check, money, show_amount, show_check, watch
from famgui.ui.settlement.places import cities, provinces
from famgui.ui.settlement.pool import PoolTerms
from famgui.ui.settlement.switches import Switches
from famgui.ui.settlement.viewmodel import SettlementVM
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import GRID, margins
from famgui.ui.widgets.basic import button, clause_chip, label, row
from famgui.ui.widgets.day import DayEdit
from famgui.ui.widgets.fields import Choice, Field, Segments
from famgui.ui.widgets.flow import flow

KINDS: tuple[Benefit, ...] = ("outpatient", "chronic", "two-disease", "pharmacy", "inpatient")
_LEAST = 10
"""So many letters of a patient's line are always shown."""
_CROSS_PROVINCE = ("N-18", "N-14")
"""What shared accounts need in another province, and where it is open."""


class VisitForm(QWidget):
    """Shows the draft's circumstances and tells the view-model what is picked."""

    def __init__(self, shell: Shell, vm: SettlementVM) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self._shell, self._vm = shell, vm
        self._column = QVBoxLayout(self)
        margins(self._column, spacing=GRID)
        self._open = False
        self._who()
        self._what()
        self._facility()
        self._where()
        self._limits()
        self.pool = PoolTerms(shell, vm)
        self.switches = Switches(shell, vm)
        self._column.addWidget(self.pool)
        self._column.addWidget(self.switches)

    def _who(self) -> None:
        vm = self._vm
        self.patient = Choice()
        self.patient.setAccessibleName(tr("User"))
        self.patient.picked.connect(lambda value: vm.edit(patient=value))
        self.day = DayEdit(vm.draft.date)
        self.day.setAccessibleName(tr("Date"))
        self.day.setToolTip(tr("Date"))
        self.day.dateChanged.connect(lambda _: vm.edit(date=self.day.day))
        both = row(self.patient, self.day, stretch_last=False)
        self.patient.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.patient.setMinimumContentsLength(_LEAST)
        self._column.addWidget(Field(tr("User"), both))

    def _what(self) -> None:
        words = {
            "outpatient": tr("Outpatient"),
            "chronic": tr("Chronic"),
            "two-disease": tr("Two-disease"),
            "pharmacy": tr("Pharmacy"),
            "inpatient": tr("Inpatient"),
        }
        self.kind = Segments([(kind, words[kind]) for kind in KINDS], tr("Kind"))
        self.kind.picked.connect(lambda value: self._vm.edit(kind=value))
        ask = self._shell.desk.page_asked.emit
        premium = button(tr("Pay a resident premium"), "link", lambda: ask("ledger/premiums"))
        self._column.addWidget(Field(tr("Kind"), flow(self.kind, premium)))

    def _facility(self) -> None:
        vm = self._vm
        self.level = Segments([(level, self._word(level)) for level in LEVELS], tr("Level"))
        self.level.picked.connect(lambda value: vm.edit(level=value))
        self.designated = check(tr("Designated"), lambda on: vm.edit(designated=on))
        self._more = button("", "link", self._toggle)
        self._column.addWidget(Field(tr("Facility"), flow(self.level, self.designated, self._more)))
        self.grade = Segments(
            [("", tr("No grade")), *((grade, self._grade_word(grade)) for grade in GRADES)], tr("Facility grade")
        )
        self.grade.picked.connect(lambda value: vm.edit(grade=value))
        self.contracted = check(tr("Signed up with this facility"), lambda on: vm.edit(contracted=on))
        self._grade_field = Field(tr("Facility grade"), flow(self.grade, self.contracted))
        self._column.addWidget(self._grade_field)

    def _where(self) -> None:
        words = {"home": tr("This city"), "province": tr("Elsewhere in the province"), "away": tr("Other province")}
        self._reach_words = words
        self.reach = Segments([(reach, words[reach]) for reach in REACHES], tr("Where"))
        self.reach.picked.connect(self._pick_reach)
        self.place = Choice()
        self.place.setAccessibleName(tr("Place of the facility"))
        self.place.picked.connect(lambda value: self._vm.edit(place=value))
        self._reach_field = Field(tr("Where"), flow(self.reach, self.place))
        self._column.addWidget(self._reach_field)
        self.cross = check(
            tr("Both places have opened cross-province sharing"),
            lambda on: self._vm.set_switch("cross_province", on),
        )
        chips = [clause_chip(clause, self._shell.desk.open_clause) for clause in _CROSS_PROVINCE]
        meaning = label(
            tr(
                "Off: shared accounts do not pay there; pool and own account pay as at home. Across provinces the "
                "money goes through the medical wallet, not through the binding."
            ),
            "note",
            wrap=True,
        )
        holder = QWidget()
        holder.setProperty("kind", "plain")
        column = QVBoxLayout(holder)
        margins(column, spacing=2)
        column.addWidget(flow(self.cross, *chips))
        column.addWidget(meaning)
        self._cross_field = Field("", holder, top=True)
        self._column.addWidget(self._cross_field)

    def _limits(self) -> None:
        vm = self._vm
        self.limit = money(vm, "disease_limit", tr("Disease limit left"))
        self.limit_field = Field(tr("Disease limit left"), row(self.limit))
        watch(self.limit_field, self.limit)
        self._column.addWidget(self.limit_field)
        diseases = [("hypertension", tr("Hypertension")), ("diabetes", tr("Diabetes")), ("both", tr("Both"))]
        self.disease = Segments(list(diseases), tr("Disease"))
        self.disease.picked.connect(lambda value: vm.edit(disease=value))
        self.disease_field = Field(tr("Disease"), self.disease)
        self._column.addWidget(self.disease_field)

    def _word(self, key: str) -> str:
        return self._shell.desk.wording.say("word", key)

    @staticmethod
    def _grade_word(grade: str) -> str:
        return {"special": tr("Special"), "A": tr("Grade A"), "B": tr("Grade B"), "C": tr("Grade C")}[grade]

    def _toggle(self) -> None:
        self._open = not self._open
        self.show_draft()

    def _pick_reach(self, reach: object) -> None:
        entries = self._entries(reach)
        self._vm.edit(reach=reach, place=str(entries[0][0]) if entries else "")

    def _entries(self, reach: object) -> list[tuple[object, str]]:
        desk = self._shell.desk
        home = "" if desk.live is None else desk.live.household.place
        if reach == "home" or not home:
            return []
        if reach == "province":
            return cities(home, desk.place_name, tr("City not told"))
        return provinces(home, desk.place_name)

    def fill_patients(self) -> None:
        """Offer the household at hand."""
        self.patient.set_entries([(person.id, self._person_line(person.id)) for person in self._vm.patients])
        self.patient.set_value(self._vm.draft.patient)

    def _person_line(self, handle: str) -> str:
        person = next(person for person in self._vm.patients if person.id == handle)
        insurance = {"employee": tr("employee"), "resident": tr("resident"), "none": tr("not insured")}
        status = {"active": tr("working"), "retired": tr("retired"), "flexible": tr("flexible")}
        parts = [self._shell.desk.names[handle], insurance[person.insurance]]
        if person.insurance == "employee":
            parts.append(status[person.status])
        balance = self._vm.balance(handle)
        if balance is not None:  # before what is cut first where there is little room
            parts.insert(1, tr("account {amount}", amount=grouped(balance.total)))
        return " · ".join(parts)

    def show_draft(self) -> None:
        """Bring every field in line with the draft; what already agrees is left alone, so typing is not disturbed."""
        draft, offers = self._vm.draft, self._vm.offers
        self.patient.set_value(draft.patient)
        self.patient.setToolTip(self.patient.currentText())
        for segments, value in (
            (self.kind, draft.kind),
            (self.level, draft.level),
            (self.reach, draft.reach),
            (self.grade, draft.grade),
            (self.disease, draft.disease),
        ):
            segments.set_value(value)
        self.day.blockSignals(True)
        if self.day.day != draft.date:
            self.day.set_day(draft.date)
        self.day.blockSignals(False)
        show_check(self.designated, draft.designated)
        show_check(self.contracted, draft.contracted)
        show_check(self.cross, bool(offers.cross_province.value))
        show_amount(self.limit, draft.disease_limit, unread="disease_limit" in self._vm.unread)
        self.level.setVisible(draft.kind != "pharmacy")
        self.limit_field.setVisible(draft.kind == "chronic")
        self.disease_field.setVisible(draft.kind == "two-disease")
        self.grade.setVisible(offers.grade)
        self.contracted.setVisible(offers.contracted)
        self._grade_field.setVisible(offers.grade or offers.contracted)
        self._show_reach()
        self.pool.show_draft()
        self.switches.show_draft()

    def _show_reach(self) -> None:
        draft = self._vm.draft
        away = draft.reach != "home"
        shown = self._open or away
        mark = "▴" if shown else "▾"
        self._more.setText(f"{self._reach_words[draft.reach]} {mark}")
        self._more.setAccessibleName(f"{tr('Where')} {self._reach_words[draft.reach]}")
        self._more.setVisible(not away)
        self._reach_field.setVisible(shown)
        self._cross_field.setVisible(draft.reach == "away")
        self.place.setVisible(away)
        if away:
            self.place.set_entries(self._entries(draft.reach))
            self.place.set_value(draft.place)
