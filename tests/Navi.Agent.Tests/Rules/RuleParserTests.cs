using Microsoft.Extensions.AI;
using Navi.Agent.Rules;

namespace Navi.Agent.Tests.Rules;

public sealed class RuleParserTests
{
    [Theory]
    [InlineData("survey", "Survey")]
    [InlineData("Survey this repository.", "Survey")]
    [InlineData("please write a report on the repository", "Survey")]
    [InlineData("rename total to sum", "Rename total sum ")]
    [InlineData("Rename `total` to `sum` everywhere.", "Rename total sum ")]
    [InlineData("rename the function \"total\" into 'sum' in src/**/*.py", "Rename total sum src/**/*.py")]
    [InlineData("rename total to sum in *.py files and run the tests", "Rename total sum *.py|RunTests")]
    [InlineData("rename A to B and run the tests", "Rename A B |RunTests")]
    [InlineData("rename A to B, then rename C to D, and finally run all tests!", "Rename A B |Rename C D |RunTests")]
    [InlineData("rename total to sum in the whole repository and then run tests", "Rename total sum |RunTests")]
    [InlineData("replace \"x y\" with \"\" in docs/*.md.", "Replace [x y] [] docs/*.md")]
    [InlineData("replace 'and run the tests' with `b`", "Replace [and run the tests] [b] **")]
    [InlineData("run the tests and report", "RunTests")]
    [InlineData("run its test suite", "RunTests")]
    [InlineData("run `ls -la && echo hi` and run the tests", "Command [ls -la && echo hi]|RunTests")]
    public void Parse_UnderstoodTask_GivesItsSteps(string task, string expected) => Assert.Equal(expected, string.Join('|', RuleParser.Parse(task)!.Select(Show)));

    [Theory]
    [InlineData("")]
    [InlineData("make it faster")]
    [InlineData("rename A to B and make it faster")]
    [InlineData("rename A")]
    [InlineData("rename A to B in")]
    [InlineData("rename A to B-C")]
    [InlineData("run the tests of the payment service on staging")]
    [InlineData("survey the users about the product")]
    [InlineData("don't rename A to B")]
    public void Parse_AnyPartNotUnderstood_IsNull(string task) => Assert.Null(RuleParser.Parse(task));

    [Fact]
    public async Task Client_UnknownTask_RefusesAndSaysWhatItCanDo()
    {
        using var client = new RulesChatClient();
        var first = await client.GetResponseAsync([new(ChatRole.User, "write a poem")], cancellationToken: TestContext.Current.CancellationToken);
        var call = first.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().Single();
        Assert.Equal("finish_task", call.Name);
        Assert.Equal("refused", call.Arguments!["status"]);
        foreach (var part in RuleFamily.Examples.Append("NAVI_MODEL_PROVIDER").Append("write a poem"))
            Assert.Contains(part, (string)call.Arguments["summary"]!, StringComparison.Ordinal);
        Assert.Equal("rules", first.ModelId);
        Assert.Equal(0, first.Usage!.TotalTokenCount);
    }

    private static string Show(RuleStep step) => step switch
    {
        RuleStep.Rename r => $"Rename {r.OldName} {r.NewName} {r.Glob}",
        RuleStep.Replace r => $"Replace [{r.Find}] [{r.With}] {r.Glob}",
        RuleStep.RunCommand r => $"Command [{r.Line}]",
        RuleStep.RunTests => "RunTests",
        _ => "Survey",
    };
}
