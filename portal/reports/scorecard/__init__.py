"""A ward's yearly score as a place fit for children (Decision 06/QĐ-TTg, 2019): scored, approved, sent upwards."""
