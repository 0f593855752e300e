" Syntax highlighting for Prisma schemas if no tree-sitter parser is installed.
if exists('b:current_syntax')
  finish
endif

" Prisma 6 and 7 allow letters of any script in names.
syntax iskeyword @,48-57,_,-,192-255

syntax match prismaField /^\s*\k\+/ contained nextgroup=prismaScalar,prismaUnsupported,prismaType skipwhite
" After a comment in front of it; a type alone may follow one too.
syntax match prismaField /\(\*\/\)\@2<=\s*\k\+\ze\s\+\k/ contained nextgroup=prismaScalar,prismaUnsupported,prismaType skipwhite
syntax match prismaType /\<\k\+/ contained nextgroup=prismaModifier
syntax match prismaScalar /\<\(String\|Boolean\|Int\|BigInt\|Float\|Decimal\|DateTime\|Json\|Bytes\)\>/ contained nextgroup=prismaModifier
syntax match prismaUnsupported /\<Unsupported\ze(/ contained nextgroup=prismaArguments
syntax match prismaModifier /\[\]?\=\|?/ contained
syntax match prismaProperty /\(^\|\*\/\)\@2<=\s*\k\+\ze\s*=/ contained
syntax match prismaEnumValue /\(^\|\*\/\)\@2<=\s*\k\+/ contained
syntax match prismaAttribute /@@\?[[:alnum:]_.-]*/ contained nextgroup=prismaArguments
syntax region prismaArguments start=/(/ end=/)/ end=/^\ze\s*}/ contained contains=@prismaValues,prismaArgument,prismaArguments,prismaComment
syntax match prismaArgument /\k\+\ze\s*:/ contained
syntax match prismaFunction /\<\k[[:alnum:]_.-]*\ze(/ contained nextgroup=prismaArguments
syntax match prismaNumber /-\?\<\d\+\(\.\d\+\)\?\>/ contained
syntax keyword prismaBoolean true false contained
syntax keyword prismaConstant Asc Desc Cascade Restrict NoAction SetNull SetDefault contained
syntax match prismaEscape /\\\(u\x\{4}\|.\)/ contained
syntax region prismaString start=/"/ skip=/\\./ end=/"/ end=/$/ contained contains=prismaEscape
syntax cluster prismaValues contains=prismaString,prismaFunction,prismaNumber,prismaBoolean,prismaConstant

syntax match prismaComment +//.*$+
syntax match prismaDocumentation +///.*$+
syntax region prismaComment start=+/\*+ end=+\*/+

syntax match prismaKeyword /\(^\|\*\/\)\@2<=\s*\(model\|view\|type\|enum\|datasource\|generator\)\>/ nextgroup=prismaName skipwhite
syntax match prismaName /\k\+/ contained
syntax region prismaModelBlock matchgroup=prismaBrace start=/\(\(^\|\*\/\)\s*\(model\|view\|type\)\s\+\k\+\s*\)\@<={/ end=/}/ fold contains=prismaField,prismaAttribute,prismaComment,prismaDocumentation
syntax region prismaEnumBlock matchgroup=prismaBrace start=/\(\(^\|\*\/\)\s*enum\s\+\k\+\s*\)\@<={/ end=/}/ fold contains=prismaEnumValue,prismaAttribute,prismaComment,prismaDocumentation
syntax region prismaConfigBlock matchgroup=prismaBrace start=/\(\(^\|\*\/\)\s*\(datasource\|generator\)\s\+\k\+\s*\)\@<={/ end=/}/ fold contains=prismaProperty,@prismaValues,prismaComment,prismaDocumentation
syntax sync minlines=200

highlight default link prismaKeyword Keyword
highlight default link prismaName Type
highlight default link prismaField Identifier
highlight default link prismaType Type
highlight default link prismaScalar Type
highlight default link prismaUnsupported Type
highlight default link prismaModifier Operator
highlight default link prismaProperty Identifier
highlight default link prismaEnumValue Constant
highlight default link prismaAttribute PreProc
highlight default link prismaArgument Label
highlight default link prismaFunction Function
highlight default link prismaNumber Number
highlight default link prismaBoolean Boolean
highlight default link prismaConstant Constant
highlight default link prismaEscape SpecialChar
highlight default link prismaString String
highlight default link prismaComment Comment
highlight default link prismaDocumentation SpecialComment

let b:current_syntax = 'prisma'
