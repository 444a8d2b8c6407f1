namespace Navi.Functions.OpenApi.Description;

/// <summary>A member of a body that may not be left out, although its type says otherwise so that its absence gets an error of its own.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RequiredMemberAttribute : Attribute;
