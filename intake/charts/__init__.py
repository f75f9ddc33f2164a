"""PURE: totals to coordinates of the charts.

Every coordinate is text with at most two decimals, ready to be printed into an SVG: x and widths in percent
of the drawing's width, y and heights in percent of the plot's height (0 at the top), unless a name says `px`.
"""

from intake.charts.day import Gauge, gauge
from intake.charts.lane import LaneChart, lane_chart
from intake.charts.week import WeekChart, week_chart

__all__ = ["Gauge", "LaneChart", "WeekChart", "gauge", "lane_chart", "week_chart"]
