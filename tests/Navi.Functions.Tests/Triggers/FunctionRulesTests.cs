using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Navi.Functions.Identity;

namespace Navi.Functions.Tests.Triggers;

/// <summary>What the Functions host asks of functions and the portable host does not, and that no function escapes the access table.</summary>
public sealed partial class FunctionRulesTests
{
    private static readonly (string Name, MethodInfo Method)[] All =
    [
        .. typeof(NaviApplication).Assembly.GetTypes()
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Select(m => (m.GetCustomAttribute<FunctionAttribute>()?.Name!, m)).Where(f => f.Item1 is not null),
    ];

    [Fact]
    public void Functions_Always_ArePublicMethodsOfVisibleClasses()
    {
        Assert.NotEmpty(All);
        Assert.All(All, f => Assert.True(f.Method.IsPublic && f.Method.DeclaringType!.IsVisible && !f.Method.IsGenericMethod, f.Name));
        Assert.All(All, f => Assert.All(f.Method.GetParameters(), p => Assert.True(p.ParameterType.IsVisible, $"{f.Name}({p.Name})")));
    }

    [Fact]
    public void FunctionNames_Always_AreValidAndUnique()
    {
        Assert.All(All, f => Assert.Matches(ValidName(), f.Name));
        Assert.Equal(All.Length, All.Select(f => f.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(All.Length, All.Select(f => (f.Method.DeclaringType, f.Method.Name)).Distinct().Count());
    }

    [Fact]
    public void Functions_Always_HaveOneTrigger() =>
        Assert.All(All, f => Assert.Single(f.Method.GetParameters(), p => p.GetCustomAttribute<TriggerBindingAttribute>() is not null));

    [Fact]
    public void HttpFunctions_Always_AreAnonymousToTheHostAndReturnIResult() => Assert.All(Http(), f =>
    {
        Assert.Equal(AuthorizationLevel.Anonymous, f.Trigger.AuthLevel);
        Assert.NotEmpty(f.Trigger.Methods!);
        Assert.NotNull(f.Trigger.Route);
        Assert.True(f.Returns == typeof(IResult) || f.Returns == typeof(Task<IResult>), f.Name);
    });

    [Fact]
    public void HttpFunctions_Always_BindOnlyTheValuesOfTheirRoute() => Assert.All(
        All.Where(f => Trigger(f.Method) is not null),
        f => Assert.All(
            f.Method.GetParameters().Where(p => p.ParameterType == typeof(string)),
            p => Assert.Contains($"{{{p.Name}}}", Trigger(f.Method)!.Route, StringComparison.Ordinal)));

    [Fact]
    public void AccessTable_Always_NamesTheHttpFunctionsAndNothingElse()
    {
        Assert.Equal(Http().Select(f => f.Name).Order(), AccessTable.Public.Concat(AccessTable.RoleOf.Keys).Order());
    }

    private static IEnumerable<(string Name, HttpTriggerAttribute Trigger, Type Returns)> Http() =>
        from f in All let trigger = Trigger(f.Method) where trigger is not null select (f.Name, trigger, f.Method.ReturnType);

    private static HttpTriggerAttribute? Trigger(MethodInfo method) =>
        method.GetParameters().Select(p => p.GetCustomAttribute<HttpTriggerAttribute>()).SingleOrDefault(a => a is not null);

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,126}$")]
    private static partial Regex ValidName();
}
