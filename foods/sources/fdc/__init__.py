"""USDA FoodData Central: its CSV bundles and its JSON, both to records."""
