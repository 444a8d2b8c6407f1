using Navi.Platform.Telemetry.Errors;

namespace Navi.Platform.Tests.Telemetry.Errors;

public sealed class ErrorDigestTests
{
    private const string Stack = "System.IO.IOException\n   at Navi.A.RunAsync(String id) in /src/a/A.cs:line 9\n   at Navi.B.CallAsync() in /src/b/B.cs:line 120";

    [Theory]
    [InlineData("System.IO.IOException\n   at Navi.A.RunAsync(String id) in /build/7/a/A.cs:line 1412\n   at Navi.B.CallAsync()", true)]
    [InlineData("System.IO.IOException\n   at Navi.A.OtherAsync(String id) in /src/a/A.cs:line 9\n   at Navi.B.CallAsync() in /src/b/B.cs:line 120", false)]
    public void Of_Stacks_AreTheSameWithoutTheirLines(string other, bool same) => Assert.Equal(same, Of("x", Stack) == Of("y", other));

    [Theory]
    [InlineData("Task 01a2070c-cbfa-7d6b-9851-bc599d97a97c took 12.5 s at 2026-01-31T08:00:00Z", "Task 01a2070d-0000-7d6b-9851-bc599d97a97c took 3 s at 2026-02-01T09:00:00Z", true)]
    [InlineData("The disk is full", "The disk is away", false)]
    public void Of_WithoutAStack_GoesByTheMessage(string one, string other, bool same) => Assert.Equal(same, Of(one, null) == Of(other, null));

    [Fact]
    public void Of_BrowserStacks_AreTheSameWithoutTheirColumns() =>
        Assert.Equal(Of("x", "TypeError: x\n    at f (https://navi.example/assets/app.js:1:2034)"), Of("x", "TypeError: x\n    at f (https://navi.example/assets/app.js:1:77)"));

    [Theory]
    [InlineData("other", "c", "o")]
    [InlineData("T", "other", "o")]
    [InlineData("T", "c", "other")]
    public void Of_TypeComponentOrOperation_TellApart(string type, string component, string operation) =>
        Assert.NotEqual(Of("x", Stack), ErrorDigest.Of(new ErrorReport(component, operation, type, "x"), Stack));

    private static string Of(string message, string? stack) => ErrorDigest.Of(new ErrorReport("c", "o", "T", message), stack);
}
