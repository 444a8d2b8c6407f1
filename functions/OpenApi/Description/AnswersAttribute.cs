namespace Navi.Functions.OpenApi.Description;

/// <summary>An answer that is not a refusal.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="when">When it is given.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class AnswersAttribute(int status, string when) : Attribute
{
    public int Status { get; } = status;

    public string When { get; } = when;

    /// <summary>Record of a JSON body; null for another media type or none.</summary>
    public Type? Body { get; init; }

    /// <summary>Media type of a body that is not JSON.</summary>
    public string? MediaType { get; init; }

    /// <summary>An answer as it may look, JSON when <see cref="Body"/> is set.</summary>
    public string? Example { get; init; }
}
