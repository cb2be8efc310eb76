"""Speed, shown beside a bare Django floor and a plain script in the same run: only ratios count."""
