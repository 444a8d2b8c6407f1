namespace Navi.Functions.OpenApi.Description;

/// <summary>An optional header of the request.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class RequestHeaderAttribute(string name, string meaning) : ParameterAttribute("header", name, meaning);
