"""Who knows what, and which questions are good. `standings` and `items` are pure, `queries` feeds them."""

from scoreboard.items import Item, Reply, analyse
from scoreboard.queries import Board, Row, board_of, items_of, items_of_course, standings_of_course
from scoreboard.standings import Result, Standing, rank

__all__ = [
    "Board", "Item", "Reply", "Result", "Row", "Standing", "analyse", "board_of", "items_of",
    "items_of_course", "rank", "standings_of_course",
]
