prompt = ChatPromptTemplate.from_messages(
    [("system", "You translate {source} to {target}."), MessagesPlaceholder("history"), ("human", "{input}")]
)
chain = prompt | llm.bind(stop=["\n"]) | StrOutputParser()
result = chain.invoke({"source": "English", "target": "French", "input": text, "history": []})
