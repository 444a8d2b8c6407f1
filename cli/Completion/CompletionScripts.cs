namespace Navi.Cli.Completion;

/// <summary>Shell scripts that ask the command itself for candidates, so that they never fall behind it.</summary>
internal static class CompletionScripts
{
    public const string Bash =
        """
        # Completion of navi for bash. Load it: source <(navi completion bash)
        _navi() {
          mapfile -t COMPREPLY < <("${COMP_WORDS[0]/#\~/$HOME}" __complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
        }
        # Where navi knows nothing, as after --repo, bash completes file names.
        complete -o bashdefault -o default -F _navi navi
        """;

    public const string Zsh =
        """
        #compdef navi
        # Completion of navi for zsh. Load it after compinit: source <(navi completion zsh)
        _navi() {
          local -a candidates
          candidates=("${(@f)$("${words[1]/#\~/$HOME}" __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
          if [[ -n "${candidates[1]}" ]]; then
            compadd -- "${candidates[@]}"
          else
            _files
          fi
        }
        # As a file on fpath this is the function's body; sourced, it has to register it.
        if [[ "${funcstack[1]}" == _navi ]]; then _navi "$@"; else compdef _navi navi; fi
        """;
}
