"""The composition root: builds the parts and joins them. No behaviour lives here."""

from dataclasses import dataclass
from functools import cached_property

from famgui.base.paths import Home, resources
from famgui.base.wording import Language, Wording
from famgui.policy.library import Library
from famgui.policy.regions import Regions


@dataclass(frozen=True)
class App:
    """Everything a front end needs, each part built when first asked for."""

    home: Home
    language: Language

    @cached_property
    def wording(self) -> Wording:
        """Sentences in the chosen language."""
        return Wording(self.language)

    @cached_property
    def library(self) -> Library:
        """The policy library: the packs that come with the program, then the user's own."""
        return Library([resources() / "policies", self.home.policies], self.home.cache)

    @cached_property
    def regions(self) -> Regions:
        """The codes of places."""
        return Regions(resources() / "codes" / "regions.json")
