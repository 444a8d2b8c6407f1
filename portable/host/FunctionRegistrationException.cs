namespace Navi.Portable.Host;

/// <summary>The functions of the given assemblies can't be served: overlapping routes, a missing setting, a parameter that can't be bound. Thrown before anything starts.</summary>
public sealed class FunctionRegistrationException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problems">Everything that was found wrong, one sentence each, naming the function.</param>
    public FunctionRegistrationException(IReadOnlyList<string> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    /// <summary>One sentence per problem.</summary>
    public IReadOnlyList<string> Problems { get; }
}
