namespace Navi.Functions.OpenApi.Description;

/// <summary>Says what an HTTP function is for; every one has it, a test sees to that.</summary>
/// <param name="tag">Group of the operation.</param>
/// <param name="summary">One sentence.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OperationAttribute(string tag, string summary) : Attribute
{
    public string Tag { get; } = tag;

    public string Summary { get; } = summary;

    /// <summary>What the summary has no room for.</summary>
    public string? Details { get; init; }
}
