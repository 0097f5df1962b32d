"""Plans: plan files in, checked plans out, with every problem at its line and column."""
