namespace Navi.Cli.Doctor;

/// <summary>One line of the examination.</summary>
/// <param name="What">The thing examined.</param>
/// <param name="State">ok, warn or fail: NAVI works, works with less, does not work.</param>
/// <param name="Said">What was found.</param>
/// <param name="Remedy">What to do; null when there is nothing to do.</param>
internal sealed record Finding(string What, string State, string Said, string? Remedy)
{
    public static Finding Ok(string what, string said) => new(what, "ok", said, null);

    public static Finding Warn(string what, string said, string remedy) => new(what, "warn", said, remedy);

    public static Finding Fail(string what, string said, string remedy) => new(what, "fail", said, remedy);
}
