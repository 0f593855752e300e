[
  (datasource_block)
  (generator_block)
  (model_block)
  (view_block)
  (type_block)
  (enum_block)
  (unknown_block)
] @indent.begin

(datasource_block "}" @indent.branch @indent.end)
(generator_block "}" @indent.branch @indent.end)
(model_block "}" @indent.branch @indent.end)
(view_block "}" @indent.branch @indent.end)
(type_block "}" @indent.branch @indent.end)
(enum_block "}" @indent.branch @indent.end)
(unknown_block "}" @indent.branch @indent.end)
