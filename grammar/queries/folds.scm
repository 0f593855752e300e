[
  (datasource_block)
  (generator_block)
  (model_block)
  (view_block)
  (type_block)
  (enum_block)
  (unknown_block)
  (block_comment)
] @fold
