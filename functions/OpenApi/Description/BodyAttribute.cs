namespace Navi.Functions.OpenApi.Description;

/// <summary>The body that a function reads.</summary>
/// <param name="type">Its record.</param>
/// <param name="example">A body that is accepted, as JSON.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BodyAttribute(Type type, string example) : Attribute
{
    public Type Type { get; } = type;

    public string Example { get; } = example;

    /// <summary>Media type; a form has no JSON example but a query string.</summary>
    public string MediaType { get; init; } = "application/json";

    /// <summary>The body may be left out.</summary>
    public bool Optional { get; init; }
}
