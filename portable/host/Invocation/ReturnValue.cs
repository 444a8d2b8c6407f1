using System.Reflection;

namespace Navi.Portable.Host.Invocation;

/// <summary>Awaits what a function method returned: nothing, a value, a Task or a ValueTask of either.</summary>
internal static class ReturnValue
{
    private static readonly MethodInfo OfTask = typeof(ReturnValue).GetMethod(nameof(FromTaskAsync), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo OfValueTask = typeof(ReturnValue).GetMethod(nameof(FromValueTaskAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>The type of the value itself; void when there is none.</summary>
    public static Type TypeOf(MethodInfo method)
    {
        var declared = method.ReturnType;
        if (declared == typeof(Task) || declared == typeof(ValueTask))
            return typeof(void);
        return IsGeneric(declared, typeof(Task<>)) || IsGeneric(declared, typeof(ValueTask<>)) ? declared.GetGenericArguments()[0] : declared;
    }

    public static Func<object?, Task<object?>> Awaiter(MethodInfo method)
    {
        var declared = method.ReturnType;
        if (declared == typeof(Task))
            return FromPlainTaskAsync;
        if (declared == typeof(ValueTask))
            return value => FromPlainTaskAsync(((ValueTask)value!).AsTask());
        if (IsGeneric(declared, typeof(Task<>)))
            return OfTask.MakeGenericMethod(declared.GetGenericArguments()).CreateDelegate<Func<object?, Task<object?>>>();
        if (IsGeneric(declared, typeof(ValueTask<>)))
            return OfValueTask.MakeGenericMethod(declared.GetGenericArguments()).CreateDelegate<Func<object?, Task<object?>>>();
        return Task.FromResult;
    }

    private static bool IsGeneric(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;

    private static async Task<object?> FromPlainTaskAsync(object? task)
    {
        await (Task)task!;
        return null;
    }

    private static async Task<object?> FromTaskAsync<T>(object? task) => await (Task<T>)task!;

    private static async Task<object?> FromValueTaskAsync<T>(object? task) => await (ValueTask<T>)task!;
}
