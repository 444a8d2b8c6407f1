namespace Navi.Functions.OpenApi.Description;

/// <summary>A value that a function reads from the query, a header or its route.</summary>
/// <param name="place"><c>query</c>, <c>header</c> or <c>path</c>.</param>
/// <param name="name">Name on the wire.</param>
/// <param name="meaning">What it does.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal abstract class ParameterAttribute(string place, string name, string meaning) : Attribute
{
    public string Place { get; } = place;

    public string Name { get; } = name;

    public string Meaning { get; } = meaning;

    /// <summary>JSON type: string (default), integer, boolean.</summary>
    public string Type { get; init; } = "string";

    /// <summary>Format of a string, such as uuid or date-time.</summary>
    public string? Format { get; init; }

    /// <summary>The closed set, values separated by spaces.</summary>
    public string? Values { get; init; }

    /// <summary>Smallest integer; used with <see cref="Maximum"/>.</summary>
    public int Minimum { get; init; }

    /// <summary>Largest integer; 0 when there is no bound.</summary>
    public int Maximum { get; init; }

    /// <summary>Most characters of a string; 0 when there is no bound.</summary>
    public int MaxLength { get; init; }

    /// <summary>What holds without it.</summary>
    public string? Default { get; init; }

    public string? Example { get; init; }
}
