# shellcheck shell=bash
# complete.sh PROGRAM LINE ANSWER: what bash offers at the end of a command line, written to ANSWER.
source "$(dirname "$0")/../../server/cli/shell/refract.bash"
read -ra COMP_WORDS <<<"$2"
COMP_WORDS[0]=$1
[[ $2 == *" " ]] && COMP_WORDS+=("")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
cd "$(dirname "$3")" || exit 1
_refract 2>/dev/null
echo "${COMPREPLY[*]}" >"$3"
