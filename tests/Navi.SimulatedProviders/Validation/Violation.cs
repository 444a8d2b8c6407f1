namespace Navi.SimulatedProviders.Validation;

/// <summary>Where a request differs from its vendor's description.</summary>
/// <param name="Path">Where, such as <c>messages.0.content</c>.</param>
/// <param name="Kind">How.</param>
/// <param name="Detail">What would be right.</param>
public sealed record Violation(string Path, ViolationKind Kind, string Detail)
{
    /// <summary>The path as OpenAI writes it: <c>messages[0].content</c>.</summary>
    public string Bracketed => string.Concat(Path.Split('.').Select((p, i) => int.TryParse(p, out _) ? $"[{p}]" : i == 0 ? p : "." + p));

    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Kind}: {Detail}";
}
