# Completion for fish. What there is to complete is read from --help.
function __refract_help
    set -l path
    for word in (commandline -opc)[2..]
        string match -qr '^[a-z]' -- $word; or break
        set -a path $word
    end
    set -l program (commandline -opc)[1]
    $program $path --help 2>/dev/null; or $program $path[1..-2] --help 2>/dev/null
end
complete -c refract -n 'string match -q -- "-*" (commandline -ct)' -f -a '(__refract_help | string match -rga "(--[a-z][a-z-]*)" | sort -u)'
complete -c refract -n 'not string match -q -- "-*" (commandline -ct)' -a '(__refract_help | sed -n "/^Subcommands:/,\$s/^  \([a-z][a-z-]*\).*/\1/p")'
