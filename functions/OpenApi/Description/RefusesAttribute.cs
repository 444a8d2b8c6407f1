namespace Navi.Functions.OpenApi.Description;

/// <summary>A problem document that this function answers with; those that any function may give are not repeated.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="type">Last part of the problem's <c>type</c>.</param>
/// <param name="when">When it is given.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class RefusesAttribute(int status, string type, string when) : Attribute
{
    public int Status { get; } = status;

    public string Type { get; } = type;

    public string When { get; } = when;
}
