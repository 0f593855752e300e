// The Prisma schema language as Prisma 5, 6 and 7 read it. The language is line-oriented: a member of a
// block ends at the end of its line, and arguments and arrays cannot continue on the next line. So the line end is a token
// here, and error recovery can skip a broken line without affecting the next one. README.md lists the nodes and fields.

// Unicode's space separators (Zs) and the tab: Prisma's white space. Form feed and U+2028 are not included.
const WHITE = ' \\t\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000';
const LINE_END = '(\\r\\n?|\\n)';
// Prisma 5 accepts only ASCII letters. Since Prisma 6 a letter is any of Unicode's category L, without marks and without
// digits of other scripts.
// The generator's \p{L} lacks most of the large CJK and Hangul ranges and of the planes above the first. They are added
// as whole blocks; that this also accepts marks of some ancient scripts does no harm.
const BIG_RANGES = '\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3'
  + '\\u{10900}-\\u{10fff}\\u{11000}-\\u{1b2ff}\\u{1bc00}-\\u{1bc99}\\u{1d400}-\\u{1d7cb}'
  + '\\u{1df00}-\\u{1e14e}\\u{1e290}-\\u{1e94b}\\u{1ee00}-\\u{1eebb}\\u{20000}-\\u{323af}';
const LETTER = `\\p{L}${BIG_RANGES}`;
const IDENTIFIER = new RegExp(`[${LETTER}0-9][${LETTER}0-9_-]*`, 'u');
const DIGIT_NAME = new RegExp(`[0-9]+[${LETTER}_-][${LETTER}0-9_-]*`, 'u');

const comma_separated = rule => seq(rule, repeat(seq(',', rule)));

// Each member and the closing brace begin after a line end. If the line end were the last part of a member, tree-sitter
// would repair two members on one line by inserting a missing line end.
const block_body = ($, ...members) => seq(
  $._body_open,
  repeat(seq(
    $._line_end,
    repeat($.block_comment),
    optional(choice(...members, $.line_comment, $.doc_comment)),
  )),
  $._line_end,
  repeat($.block_comment),
  '}',
);

module.exports = grammar({
  name: 'prisma',

  word: $ => $.identifier,

  extras: _ => [new RegExp(`[${WHITE}]`)],

  // Used in no rule: only error recovery produces it (src/scanner.c).
  externals: $ => [$._skipped_line],

  inline: $ => [$._name, $._body_open, $._comment, $._digits_as_name],

  rules: {
    source_file: $ => repeat(choice($._block, $._comment, $._line_end)),

    _block: $ => choice(
      $.datasource_block,
      $.generator_block,
      $.model_block,
      $.view_block,
      $.type_block,
      $.enum_block,
      $.type_alias,
      $.unknown_block,
    ),

    datasource_block: $ => seq('datasource', field('name', $.identifier), $._config_body),
    generator_block: $ => seq('generator', field('name', $.identifier), $._config_body),
    model_block: $ => seq('model', field('name', $.identifier), $._model_body),
    view_block: $ => seq('view', field('name', $.identifier), $._model_body),
    type_block: $ => seq('type', field('name', $.identifier), $._model_body),
    enum_block: $ => seq('enum', field('name', $.identifier), $._enum_body),

    // Removed from Prisma long ago, parsed so that it can be reported: `type Id = Int @id`.
    type_alias: $ => seq(
      'type',
      field('name', $.identifier),
      '=',
      field('type', alias($._bare_type, $.field_type)),
      repeat(field('attribute', $.field_attribute)),
    ),

    // A block with an unknown keyword, or a known one without a name.
    unknown_block: $ => choice(
      seq(field('keyword', $.identifier), field('name', optional($.identifier)), $._unknown_body),
      seq(
        field('keyword', alias(
          choice('datasource', 'generator', 'model', 'view', 'type', 'enum'),
          $.identifier,
        )),
        $._unknown_body,
      ),
    ),

    _config_body: $ => block_body($, $.property),
    _model_body: $ => block_body($, $.field, $.block_attribute),
    _enum_body: $ => block_body($, $.enum_value, $.block_attribute),
    _unknown_body: $ => block_body($, $.property, $.field, $.block_attribute),

    // Prisma ignores whatever follows the brace on its line.
    _body_open: $ => seq('{', optional(choice($.line_comment, $.doc_comment, $.ignored_text))),
    ignored_text: _ => token(prec(-1, new RegExp(`[^${WHITE}\\r\\n][^\\r\\n]*`))),

    property: $ => seq(
      field('key', $.identifier),
      '=',
      field('value', optional($._line_expression)),
      field('comment', optional($._comment)),
    ),

    field: $ => seq(
      field('name', $.identifier),
      optional($.legacy_colon),
      field('type', optional($.field_type)),
      repeat(field('attribute', $.field_attribute)),
      field('comment', optional($._comment)),
    ),

    legacy_colon: _ => ':',

    field_type: $ => choice(
      seq(
        $._bare_type,
        field('arity', optional(choice(
          $.list_modifier,
          $.optional_modifier,
          $.list_optional,
          $.required_legacy,
        ))),
      ),
      seq(field('arity', alias('[', $.list_legacy)), $._bare_type, ']'),
    ),

    _bare_type: $ => choice(
      field('name', choice($.identifier, alias('Unsupported', $.identifier))),
      field('unsupported', $.unsupported_type),
    ),

    unsupported_type: $ => seq('Unsupported', token.immediate('('), field('value', $._string), ')'),

    list_modifier: _ => '[]',
    optional_modifier: _ => '?',
    list_optional: _ => seq('[]', '?'),
    required_legacy: _ => '!',

    enum_value: $ => seq(
      field('name', $.identifier),
      repeat(field('attribute', $.field_attribute)),
      field('comment', optional($._comment)),
    ),

    field_attribute: $ => seq(
      '@',
      field('name', $.attribute_path),
      field('arguments', optional($.arguments)),
    ),

    block_attribute: $ => seq(
      '@@',
      field('name', $.attribute_path),
      field('arguments', optional($.arguments)),
      field('comment', optional($._comment)),
    ),

    attribute_path: $ => seq($.identifier, repeat($._path_rest)),

    // A trailing comma is parsed so that it can be reported.
    arguments: $ => seq(
      '(',
      optional(comma_separated($.argument)),
      optional(alias(',', $.trailing_comma)),
      ')',
    ),

    argument: $ => choice(
      field('value', $._expression),
      seq(field('name', choice($._name, $._digits_as_name)), ':', field('value', optional($._expression))),
    ),

    _expression: $ => choice(
      $._string,
      $.number,
      $.boolean,
      $.path,
      $.function_call,
      $.array,
      $.object,
    ),

    // The same outside of brackets, where a line end may follow. With a single rule tree-sitter would merge their states,
    // allow a line end after a path within brackets, and lose the block at an unclosed bracket.
    _line_expression: $ => choice(
      $._string,
      $.number,
      $.boolean,
      alias($._line_path, $.path),
      alias($._line_call, $.function_call),
      $.array,
      $.object,
    ),
    _line_path: $ => seq($._name, repeat($._path_rest)),
    _line_call: $ => seq(
      field('name', choice(alias($._line_path, $.path), alias($._digits_path, $.path))),
      field('arguments', $.arguments),
    ),

    function_call: $ => seq(
      field('name', choice($.path, alias($._digits_path, $.path))),
      field('arguments', $.arguments),
    ),

    array: $ => seq('[', optional(comma_separated(field('element', $._expression))), ']'),

    // Since Prisma 7, for the `where` of partial indexes.
    object: $ => seq('{', optional(comma_separated($.object_entry)), '}'),
    object_entry: $ => seq(field('key', $._name), ':', field('value', $._expression)),

    path: $ => seq($._name, repeat($._path_rest)),
    _path_rest: $ => seq(
      token.immediate('.'),
      optional(alias(token.immediate(IDENTIFIER), $.identifier)),
    ),

    // A token that begins with a digit is a name in a value only if a colon or a parenthesis follows.
    _digits_as_name: $ => choice(alias($._digit_name, $.identifier), alias($.number, $.identifier)),
    _digits_path: $ => seq($._digits_as_name, repeat($._path_rest)),
    _digit_name: _ => token(prec(1, DIGIT_NAME)),

    // `true` is a keyword only if it is the whole value.
    _name: $ => choice($.identifier, alias(choice('true', 'false'), $.identifier)),
    boolean: _ => prec(1, choice('true', 'false')),

    number: _ => token(prec(1, /-?[0-9]+(\.[0-9]+)?/)),

    // Most strings have no escapes: one token for them keeps the tree small.
    _string: $ => choice($.string, alias($._escaped_string, $.string)),
    string: _ => /"[^"\\\x00-\x1f]*"/,
    _escaped_string: $ => seq(
      '"',
      repeat(choice($._string_content, $.escape_sequence)),
      token.immediate('"'),
    ),
    _string_content: _ => token.immediate(prec(1, /[^"\\\x00-\x1f]+/)),
    escape_sequence: _ => token.immediate(/\\(u[0-9A-Fa-f]{4}|[^\r\n])/),

    // Block comments are read since Prisma 6, between members and at the end of one. They may contain line ends.
    _comment: $ => choice($.line_comment, $.doc_comment, $.block_comment),
    line_comment: _ => /\/\/[^\r\n]*/,
    doc_comment: _ => token(prec(1, /\/\/\/[^\r\n]*/)),

    block_comment: _ => /\/\*[^*]*\*+([^*\/][^*]*\*+)*\//,

    identifier: _ => IDENTIFIER,

    // Blank lines belong to the line end before them.
    _line_end: _ => new RegExp(`${LINE_END}([${WHITE}]*${LINE_END})*`),
  },
});
