namespace Navi.Agent.Policy.Shell;

/// <summary>How a program that runs another one reads its own arguments.</summary>
/// <param name="Flags">Options without a value.</param>
/// <param name="Valued">Options with a value: the next argument, or attached to it.</param>
/// <param name="Positionals">Arguments of its own before the command.</param>
/// <param name="Assignments">It takes <c>name=value</c> before the command.</param>
internal sealed record WrapperOptions(string[] Flags, string[] Valued, int Positionals = 0, bool Assignments = false)
{
    /// <summary>Arguments that the option at <paramref name="word"/> takes up; 0 when the option is not known.</summary>
    public int Length(string word)
    {
        if (Flags.Contains(word))
            return 1;
        foreach (var option in Valued)
        {
            if (word == option)
                return 2;
            if (option.StartsWith("--", StringComparison.Ordinal) ? word.StartsWith(option + "=", StringComparison.Ordinal) : word.StartsWith(option, StringComparison.Ordinal))
                return 1;
        }
        return 0;
    }
}
