namespace Navi.Functions.OpenApi.Description;

/// <summary>An optional member of the query.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class QueryAttribute(string name, string meaning) : ParameterAttribute("query", name, meaning);
