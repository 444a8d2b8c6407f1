namespace Navi.Functions.OpenApi.Description;

/// <summary>A value of the route. One that a function does not describe is a uuid.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class RouteValueAttribute(string name, string meaning) : ParameterAttribute("path", name, meaning);
