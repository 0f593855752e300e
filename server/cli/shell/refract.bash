# Completion of refract's commands, options and files for bash. What there is to complete is read from --help.
_refract() {
  local word=${COMP_WORDS[COMP_CWORD]} path=() at help
  for ((at = 1; at < COMP_CWORD; at++)); do
    [[ ${COMP_WORDS[at]} == [a-z]* ]] || break
    path+=("${COMP_WORDS[at]}")
  done
  help=$("${COMP_WORDS[0]}" "${path[@]}" --help 2>/dev/null) || help=$("${COMP_WORDS[0]}" "${path[@]:0:${#path[@]}-1}" --help 2>/dev/null)
  local words
  if [[ $word == -* ]]; then
    words=$(grep -oE -- '--[a-z][a-z-]*' <<<"$help" | sort -u)
  else
    words=$(sed -n '/^Subcommands:/,$s/^  \([a-z][a-z-]*\).*/\1/p' <<<"$help")
  fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
  if [[ ${#COMPREPLY[@]} -eq 0 && $word != -* ]]; then
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  fi
}
complete -F _refract refract
