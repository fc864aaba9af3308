"""The unpaid work book of a region, a module per list."""
