"""People, their diaries, the reckoning; uses foods and supplements."""
