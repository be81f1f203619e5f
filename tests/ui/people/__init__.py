"""The directory of people and its view-model."""
