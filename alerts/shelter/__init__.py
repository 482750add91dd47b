"""Emergency sites (指定緊急避難場所) and designated shelters (指定避難所), and their open-data formats."""
