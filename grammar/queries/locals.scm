; One scope: every declaration of a schema is seen from everywhere in it.
(source_file) @local.scope

(model_block name: (identifier) @local.definition.type)
(view_block name: (identifier) @local.definition.type)
(type_block name: (identifier) @local.definition.type)
(enum_block name: (identifier) @local.definition.type)
(field name: (identifier) @local.definition.field)
(enum_value name: (identifier) @local.definition.constant)

(field_type name: (identifier) @local.reference)
(argument value: (path (identifier) @local.reference))
(array element: (path (identifier) @local.reference))
