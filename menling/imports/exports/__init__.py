"""Lists that leave as workbooks: all of them whole, whatever their length."""
