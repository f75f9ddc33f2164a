"""FoodData Central."""
