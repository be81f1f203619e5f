"""famgui, 家庭共济助手: binding, settlement and policy reference for shared medical-insurance accounts."""

__version__ = "0.1.0"
