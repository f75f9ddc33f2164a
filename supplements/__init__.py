"""Facts about forms of magnesium and the products made of them; knows no person."""
