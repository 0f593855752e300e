; What a word is, in the names that Neovim, Helix and Zed share.

(line_comment) @comment
(block_comment) @comment
(ignored_text) @comment
(doc_comment) @comment.documentation

["datasource" "generator" "model" "view" "type" "enum"] @keyword
(unknown_block keyword: (identifier) @keyword)

(datasource_block name: (identifier) @module)
(generator_block name: (identifier) @module)
(model_block name: (identifier) @type)
(view_block name: (identifier) @type)
(type_block name: (identifier) @type)
(enum_block name: (identifier) @type)
(type_alias name: (identifier) @type)
(unknown_block name: (identifier) @type)

(property key: (identifier) @property)
(field name: (identifier) @variable.member)
(enum_value name: (identifier) @constant)

(field_type name: (identifier) @type)
((field_type name: (identifier) @type.builtin)
  (#any-of? @type.builtin "String" "Boolean" "Int" "BigInt" "Float" "Decimal" "DateTime" "Json" "Bytes"))
(unsupported_type "Unsupported" @type.builtin)
(list_modifier) @operator
(optional_modifier) @operator
(list_optional) @operator
(required_legacy) @operator
(list_legacy) @operator

(field_attribute "@" @attribute)
(block_attribute "@@" @attribute)
(attribute_path (identifier) @attribute)

(argument name: (identifier) @variable.parameter)
(object_entry key: (identifier) @property)
(path (identifier) @constant)
(function_call name: (path (identifier) @function))
((path (identifier) @constant.builtin)
  (#eq? @constant.builtin "null"))

(string) @string
(escape_sequence) @string.escape
(number) @number
(boolean) @boolean

"=" @operator
["(" ")" "[" "]" "{" "}"] @punctuation.bracket
["," ":" "."] @punctuation.delimiter
(trailing_comma) @punctuation.delimiter
(legacy_colon) @punctuation.delimiter
