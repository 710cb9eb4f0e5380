"""What objects of a catalog depend on: references resolved to objects, and view columns to the columns behind them."""
